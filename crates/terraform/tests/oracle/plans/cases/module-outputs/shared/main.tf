variable "name" {
  type = string
}

variable "more" {
  type    = list(string)
  default = []
}

resource "terraform_data" "this" {
  input = var.name
}

output "greeting" {
  value = "hello ${terraform_data.this.input}"
}

output "id" {
  value = terraform_data.this.id
}

output "object" {
  value = { name = var.name, list = concat(["first"], var.more), id = terraform_data.this.id }
}
