variable "names" {
  default   = ["a"]
  sensitive = true
}

resource "terraform_data" "b" {
  for_each = toset(var.names)
}
