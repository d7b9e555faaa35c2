variable "optional" {
  default = 1
}
