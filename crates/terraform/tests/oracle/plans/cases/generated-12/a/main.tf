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
  l1 = reverse(var.items)
  l2 = var.size
  l3 = startswith("beta", "p")
}

resource "terraform_data" "r4" {
  count = 2
  input = (local.l3 ? var.password : var.name)
}

locals {
  l5 = zipmap(["a", "d"], [coalesce(var.name, "none"), var.name])
  l6 = length(keys(var.options.tags)) > 0
}

module "m7" {
  source = "./a"
  for_each = zipmap(["a", "d"], [try((local.l6 ? tomap(var.options.tags) : tomap({ e = var.options.first }))["zz"], "%{ if local.l3 }yes%{ else }no%{ endif }"), "%{ if local.l6 }yes%{ else }no%{ endif }"])
  enabled = local.l3
  items = distinct(tolist(local.l1))
  password = tostring((var.enabled ? length(terraform_data.r4) : var.size))
}

resource "terraform_data" "r8" {
  input = max((var.size + 1), (local.l6 ? length(terraform_data.r4) : length(terraform_data.r4)))
}

locals {
  l9 = sum([max(length(terraform_data.r4), length(terraform_data.r4)), 1]) > terraform_data.r8.input
  l10 = length(formatlist("%s!", (local.l9 ? tolist(terraform_data.r4[*].input) : tolist([])))) > 0
}

output "o11" {
  value = substr("${format("%s/%03d", "${var.password}-${var.size}", (local.l9 ? 1 : length(terraform_data.r4)))}-long", 0, 3)
  sensitive = true
}

output "o12" {
  value = length(zipmap(["a", "d"], [element(concat(["z"], terraform_data.r4[*].input), 1), ((local.l10 ? { v = "" } : { v = try(terraform_data.r4[0].output, "none") }).v)]))
  sensitive = true
}

output "o13" {
  value = !(local.l10)
  sensitive = true
}

output "o14" {
  value = tolist(toset([var.password, "set"]))
  sensitive = true
}

output "o15" {
  value = { for k, m in module.m7 : k => m.o11 }
  sensitive = true
}

