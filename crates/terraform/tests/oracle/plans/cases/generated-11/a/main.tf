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
  l1 = concat(var.items, var.items)
  l2 = upper(coalesce(var.password, "none"))
}

resource "terraform_data" "r3" {
  input = { a = local.l2, b = var.options.first }
  triggers_replace = [substr("${"Grüße"}-long", 0, 3), 1]
}

resource "terraform_data" "r4" {
  for_each = toset([for k, v in var.options.tags : "${k}=${v}"])
  input = join("-", local.l1)
  triggers_replace = [jsonencode([coalesce(var.password, "none")]), 1]
}

resource "terraform_data" "r5" {
  count = min(3, 0)
  input = var.password != null
  triggers_replace = [substr("${replace(var.name, "a", "o")}-long", 0, 3), 1]
}

locals {
  l6 = length(terraform_data.r5)
}

resource "terraform_data" "r7" {
  input = tomap({ a = local.l2, c = var.password })
}

locals {
  l8 = length(merge({ a = terraform_data.r3.id }, { b = var.options.first }))
  l9 = "%{ if var.enabled }yes%{ else }no%{ endif }" != null
  l10 = (terraform_data.r3.id == local.l2 ? length(var.name) : 7)
  l11 = zipmap(["a", "d"], [tostring(2 * 2), "p-${jsonencode({ name = terraform_data.r7.id, size = local.l8 })}"])
}

output "o12" {
  value = element(concat(["z"], ["x", "y"]), 1)
}

output "o13" {
  value = max((local.l9 ? max(local.l6, var.size) : max(local.l10, local.l6)), (length(terraform_data.r5) * 2 + (local.l9 ? var.size : length(terraform_data.r5))))
  sensitive = true
}

output "o14" {
  value = contains(keys((true ? tomap(terraform_data.r3.input) : tomap({ e = var.options.first }))), replace(coalesce("alpha", "none"), "a", "o"))
  sensitive = true
}

output "o15" {
  value = [{ v = "Grüße" }, { v = local.l2 }][*].v
  sensitive = true
}

output "o16" {
  value = tomap({ a = jsonencode(sort(tolist(var.items))), c = jsonencode([for x in [] : "${x}-${terraform_data.r3.id}"]) })
}

