variable "name" {
  type = string
}

resource "terraform_data" "zone" {
  input = upper(var.name)
}

output "name" {
  value = terraform_data.zone.input
}

output "id" {
  value = terraform_data.zone.id
}

output "paths" {
  value = [path.module, path.root, file("${path.module}/zone.txt"), terraform.workspace]
}
