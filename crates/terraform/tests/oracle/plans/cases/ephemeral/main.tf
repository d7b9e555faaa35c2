variable "token" {
  type      = string
  default   = "t"
  ephemeral = true
}

module "m" {
  source = "./m"
  token  = var.token
}

output "null" {
  value = ephemeralasnull(var.token)
}

resource "terraform_data" "a" {
  input = "plain"
}

output "terraform" {
  value = terraform.workspace
}
