variable "port" {
  type    = number
  default = "http"
}
