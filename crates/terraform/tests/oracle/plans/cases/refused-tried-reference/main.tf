resource "terraform_data" "a" {
  input = try(1, terraform_data.nosuch.id)
}
