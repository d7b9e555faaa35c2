resource "terraform_data" "a" {}

output "a" {
  value = try(terraform_data.a[0].id, 1)
}
