variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = contains([for k, v in var.labels : "${k}=${v}"], replace(var.password, "a", "o"))
  l2 = upper(var.name)
  l3 = replace(jsonencode({ name = one([var.password]), size = (var.size + var.size) }), "a", "o")
  l4 = length(var.labels) % 3
}

resource "terraform_data" "r5" {
  count = min(3, length("%{ for x in formatlist("%s!", var.items) }<${x}>%{ endfor }"))
  input = !(local.l1)
}

locals {
  l6 = coalesce(local.l3, "none")
}

resource "terraform_data" "r7" {
  input = zipmap(["a", "d"], [jsonencode(["Grüße"]), var.options.first])
  triggers_replace = [upper(upper(var.name)), 1]
}

locals {
  l8 = [{ v = replace("p-${terraform_data.r7.id}", "a", "o") }, { v = replace(var.password, "a", "o") }][*].v
  l9 = replace(terraform_data.r7.id, "a", "o")
}

output "o10" {
  value = upper(var.password)
  sensitive = true
}

output "o11" {
  value = (7 + 7)
}

output "o12" {
  value = lookup({ for k, v in terraform_data.r7.output : "${k}-x" => v if k != "b" }, "a", local.l6) != null
  sensitive = true
}

output "o13" {
  value = slice(concat(["s", lookup(zipmap(["a", "d"], [terraform_data.r7.id, terraform_data.r7.id]), "a", local.l9)], tolist([var.password, terraform_data.r7.id])), 0, 2)
  sensitive = true
}

output "o14" {
  value = var.labels
}

