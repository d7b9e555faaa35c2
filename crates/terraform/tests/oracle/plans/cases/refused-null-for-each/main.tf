variable "each" {
  type    = set(string)
  default = null
}
resource "terraform_data" "a" {
  for_each = var.each
}
