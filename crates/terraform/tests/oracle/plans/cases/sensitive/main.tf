variable "password" {
  default   = "hunter2"
  sensitive = true
}

variable "tokens" {
  type      = map(string)
  default   = { a = "1", b = "2" }
  sensitive = true
}

resource "terraform_data" "one" {
  input = { password = var.password, url = "postgres://user:${var.password}@host", plain = "p" }
}

resource "terraform_data" "list" {
  input = [var.password, "x", [for k, v in var.tokens : v]]
}

resource "terraform_data" "map" {
  input = tomap({ a = var.password, b = "plain" })
}

resource "terraform_data" "set" {
  input = toset([var.password, "plain"])
}

resource "terraform_data" "each" {
  for_each = nonsensitive(toset(keys(var.tokens)))
  input    = var.tokens[each.key]
}

module "m" {
  source = "./m"
  secret = var.password
  plain  = "x"
}

resource "terraform_data" "from_module" {
  input = [module.m.secret, module.m.marked, module.m.plain]
}

output "password" {
  value     = var.password
  sensitive = true
}

output "opened" {
  value = nonsensitive(var.password)
}

output "length" {
  value     = length(var.password)
  sensitive = true
}

output "is" {
  value = [issensitive(var.password), issensitive("x"), issensitive(module.m.marked), issensitive(terraform_data.one.input.password)]
}

output "output" {
  value     = terraform_data.one.output
  sensitive = true
}
