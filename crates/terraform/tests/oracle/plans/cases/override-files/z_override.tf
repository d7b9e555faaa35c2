resource "terraform_data" "many" {
  count = 3
}

module "m" {
  b = "override"
}

output "o" {
  value     = "z-override"
  sensitive = true
}
