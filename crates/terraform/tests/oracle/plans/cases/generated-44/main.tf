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
  l1 = var.enabled
  l2 = var.size
}

resource "terraform_data" "r3" {
  count = min(3, (local.l1 ? 1 : 7))
  input = [{ v = var.password }, { v = jsonencode(var.items) }][*].v
}

resource "terraform_data" "r4" {
  input = upper(trimspace(" ${lookup(var.options.tags, "a", var.options.first)} "))
}

resource "terraform_data" "r5" {
  count = min(3, length(["x", "y"]))
  input = startswith(terraform_data.r4.input, "p")
}

locals {
  l6 = true
  l7 = var.labels
  l8 = local.l7
  l9 = one([(var.enabled ? element(concat(["z"], terraform_data.r3[*].id), 1) : "beta")])
}

module "m10" {
  source = "./a"
  for_each = toset(tolist(toset([lookup(var.options.tags, "a", terraform_data.r4.input), "set"])))
  name = jsonencode({ name = join("-", distinct(tolist([]))), size = max((local.l1 ? local.l2 : length(terraform_data.r5)), length(var.items)) })
  enabled = true
  password = local.l9
}

module "m11" {
  source = "./a"
  labels = var.labels
  options = { first = "f-${"%{ for x in [for x in var.items : x if x != trimspace(" ${"alpha"} ")] }<${x}>%{ endfor }"}", other = 1 }
}

resource "terraform_data" "r12" {
  count = min(3, length(terraform_data.r4.input))
  input = try(module.m11.o13["zz"], local.l9)
  triggers_replace = ["%{ if local.l6 }yes%{ else }no%{ endif }", 1]
}

locals {
  l13 = (var.enabled && var.enabled)
}

output "o14" {
  value = jsonencode(module.m11.o12)
  sensitive = true
}

output "o15" {
  value = var.size % 3
}

output "o16" {
  value = local.l1
}

output "o17" {
  value = [replace(module.m11.o9, "a", "o")]
}

output "o18" {
  value = { a = trimspace(" ${one([terraform_data.r4.id])} ") }
}

