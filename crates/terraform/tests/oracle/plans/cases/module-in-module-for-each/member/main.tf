variable "name" {}

resource "terraform_data" "member" {
  input = { name = var.name, module = path.module }
}

output "name" {
  value = terraform_data.member.input.name
}

output "id" {
  value = terraform_data.member.id
}
