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
  l1 = length(sort(tolist(compact([var.name, ""])))) > 0
  l2 = (var.enabled || local.l1)
}

resource "terraform_data" "r3" {
  for_each = toset(var.items)
  input = each.value
}

resource "terraform_data" "r4" {
  input = (var.size * 2 + length(values(terraform_data.r3)[*].input) * 2)
  triggers_replace = [var.name, 1]
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = { a = var.password, b = var.password }
}

locals {
  l6 = sum([var.size, 1]) * 2
}

module "m7" {
  source = "./a"
  for_each = merge(var.options.tags, { b = var.options.first })
  name = "p-${replace(each.key, "a", "o")}"
  items = [for x in values(terraform_data.r3)[*].input : x if x != each.key]
  labels = tomap({ a = substr("${var.options.first}-long", 0, 3), c = "%{ for x in values(terraform_data.r3)[*].input }<${x}>%{ endfor }" })
  password = (local.l2 ? format("%s/%03d", var.password, terraform_data.r4.input) : "alpha")
}

resource "terraform_data" "r8" {
  count = min(3, (var.enabled ? length(terraform_data.r5) : length(terraform_data.r5)))
  input = distinct(tolist(var.items))

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l9 = { a = tostring(sum([local.l6, 1])), b = ((var.enabled || var.enabled) ? ((local.l2 ? { v = var.password } : { v = "Grüße" }).v) : element(concat(["z"], terraform_data.r8[*].id), 1)) }
}

output "o10" {
  value = terraform_data.r4.id
}

output "o11" {
  value = sum([terraform_data.r4.input * 2, 1])
}

output "o12" {
  value = false
}

output "o13" {
  value = [one([var.options.first])]
}

output "o14" {
  value = zipmap(["a", "d"], ["%{ if terraform_data.r4.input > length(terraform_data.r8) }yes%{ else }no%{ endif }", format("%s/%03d", var.name, length(terraform_data.r8))])
}

