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
  l1 = var.labels
  l2 = "${substr("${var.password}-long", 0, 3)}-${length(var.labels)}" != null
  l3 = can({ a = var.password, b = var.name }.a)
  l4 = { for k, v in { for i, x in var.items : "k${i}" => x } : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r5" {
  input = var.items
  triggers_replace = [one([element(concat(["z"], values(tomap({ a = "1", b = "2" }))), 1)]), 1]
}

locals {
  l6 = var.size > 2
}

module "m7" {
  source = "./a"
  count = min(3, (max(0, 2) + 2 * 2))
  name = var.options.first
  size = sum([length(terraform_data.r5.input), 1])
  enabled = count.index > length(local.l1)
  items = var.items
  labels = { for i, x in terraform_data.r5.input : "k${i}" => x }
  password = terraform_data.r5.id
  options = { first = "f-${"%{ for x in [{ v = var.options.first }, { v = var.options.first }][*].v }<${x}>%{ endfor }"}", other = 1 }
}

resource "terraform_data" "r8" {
  count = 3
  input = { for k, v in { a = replace(var.password, "a", "o"), b = replace(var.options.first, "a", "o") } : "${k}-x" => v if k != "b" }
}

locals {
  l9 = sum([length(terraform_data.r8), 1])
  l10 = [for x in module.m7[*].o12 : "${x}-${var.name}"]
}

output "o11" {
  value = jsonencode(terraform_data.r5.output)
}

output "o12" {
  value = var.size
}

output "o13" {
  value = length([{ v = jsonencode({ name = var.options.first, size = 7 }) }, { v = "%{ for x in terraform_data.r5.input }<${x}>%{ endfor }" }][*].v) > 0
}

output "o14" {
  value = values(zipmap(["a", "d"], [terraform_data.r5.id, ""]))
}

output "o15" {
  value = tomap({ a = element(concat(["z"], [for k, v in var.options.tags : "${k}=${v}"]), 1), c = jsonencode(slice(concat(["s", var.options.first], terraform_data.r5.input), 0, 2)) })
}

