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
  l1 = !(var.enabled)
  l2 = var.name != null
}

resource "terraform_data" "r3" {
  for_each = var.options.tags
  input = [for x in [for k, v in var.labels : "${k}=${v}"] : "${x}-${substr("${var.options.first}-long", 0, 3)}"]
}

resource "terraform_data" "r4" {
  input = length({ for k, v in { for k, r in terraform_data.r3 : k => r.id } : "${k}-x" => v if k != "b" })
}

locals {
  l5 = slice(concat(["s", var.name], reverse([for k, v in var.labels : "${k}=${v}"])), 0, 2)
  l6 = ["Grüße", var.name]
  l7 = var.size % 3
  l8 = { for i, x in slice(concat(["s", "Grüße"], split("-", "alpha")), 0, 2) : "k${i}" => x }
}

module "m9" {
  source = "./a"
  name = "Grüße"
  size = terraform_data.r4.input * 2
  enabled = local.l1
  items = [for x in var.items : "${x}-${join("-", ["", "Grüße"])}"]
  labels = tomap({ a = try(tomap({ a = var.options.first, c = "alpha" })["zz"], (true ? "beta" : "")), c = jsonencode({ name = ((local.l1 ? { v = var.options.first } : { v = var.options.first }).v), size = 2 % 3 }) })
  password = var.password
}

resource "terraform_data" "r10" {
  count = var.enabled ? 1 : 0
  input = trimspace(" ${"p-${element(concat(["z"], module.m9.o14), 1)}"} ")
  triggers_replace = [((terraform_data.r4.id == terraform_data.r4.id ? { v = trimspace(" ${terraform_data.r4.id} ") } : { v = module.m9.o11 }).v), 1]
}

locals {
  l11 = max(local.l7, module.m9.o12) * 2
}

output "o12" {
  value = substr("${module.m9.o11}-long", 0, 3)
  sensitive = true
}

output "o13" {
  value = terraform_data.r4.input % 3
}

output "o14" {
  value = terraform_data.r4.output > terraform_data.r4.output
}

output "o15" {
  value = local.l5
}

output "o16" {
  value = zipmap(["a", "d"], [var.password, trimspace(" ${terraform_data.r4.id} ")])
  sensitive = true
}

