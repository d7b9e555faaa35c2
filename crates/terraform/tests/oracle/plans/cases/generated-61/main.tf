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
  l1 = max(0, var.size) > (true ? var.size : var.size)
  l2 = merge(var.labels, { b = var.password })
}

resource "terraform_data" "r3" {
  count = 0
  input = [for k, v in { a = var.options.first, b = "alpha" } : "${k}=${v}"]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l4 = (true || var.enabled)
  l5 = var.password
}

module "m6" {
  source = "./a"
  count = 3
  size = length((startswith(var.name, "p") ? tomap((local.l1 ? tomap(var.labels) : tomap({ e = var.options.first }))) : tomap({ e = replace(var.options.first, "a", "o") })))
  enabled = startswith(var.options.first, "p")
  items = sort(tolist(slice(concat(["s", var.options.first], var.items), 0, 2)))
  labels = { for k, v in { for k, v in var.labels : k => upper(v) } : k => upper(v) }
  password = ((local.l4 ? { v = var.password } : { v = var.name }).v)
}

resource "terraform_data" "r7" {
  count = var.enabled ? 1 : 0
  input = zipmap(["a", "d"], [local.l5, var.options.first])
}

locals {
  l8 = local.l2
}

output "o9" {
  value = substr("${"${element(concat(["z"], terraform_data.r7[*].id), 1)}-${var.size * 2}"}-long", 0, 3)
}

output "o10" {
  value = length(terraform_data.r3)
}

output "o11" {
  value = local.l4
}

output "o12" {
  value = [{ v = "%{ if var.enabled }yes%{ else }no%{ endif }" }, { v = tostring(var.size) }][*].v
}

output "o13" {
  value = tomap({ a = "beta", c = var.password })
  sensitive = true
}

