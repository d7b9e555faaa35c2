resource "terraform_data" "a" {
  count = 2
}

output "a" {
  value = try(terraform_data.a.id, 1)
}
