variable "name" {}
variable "id" {}
resource "terraform_data" "inner" {
  for_each = { key = var.name }
  input    = { name = each.value, id = var.id, nested = [{ id = var.id }] }
}
output "inner" { value = terraform_data.inner["key"].output }
