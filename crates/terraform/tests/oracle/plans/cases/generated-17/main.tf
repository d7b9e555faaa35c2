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
  l1 = "Grüße"
  l2 = format("%s/%03d", var.password, var.size)
}

resource "terraform_data" "r3" {
  count = min(3, 2 * 2)
  input = jsonencode({ name = var.password, size = var.size })

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r4" {
  count = min(3, sum([length(terraform_data.r3), 1]) % 3)
  input = merge({ for k, v in merge(var.labels, { b = "beta" }) : k => upper(v) }, { b = tostring(count.index) })
}

locals {
  l5 = { a = var.password, b = upper(var.name) }
  l6 = length(var.items) > 0
  l7 = tolist(["beta", var.options.first])
}

module "m8" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = local.l1
  enabled = contains(sort(tolist(local.l7)), element(concat(["z"], []), 1))
  items = (startswith(var.options.first, "p") ? tolist(var.items) : tolist([]))
  labels = zipmap(["a", "d"], [coalesce(var.options.first, "none"), substr("${var.options.first}-long", 0, 3)])
  password = one([var.name])
}

module "m9" {
  source = "./a"
  name = lookup(var.labels, "a", "beta")
  size = length({ a = "Grüße", b = replace("alpha", "a", "o") })
  enabled = one([trimspace(" ${var.options.first} ")]) == lookup(tomap({ a = local.l1, c = var.options.first }), "a", element(concat(["z"], var.items), 1))
  labels = { for i, x in var.items : "k${i}" => x }
  password = "%{ if local.l6 }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r10" {
  input = var.options.first
}

locals {
  l11 = length(local.l7) > 0
}

output "o12" {
  value = tostring(length({ for k, v in var.options.tags : "${k}-x" => v if k != "b" }))
}

output "o13" {
  value = sum([(module.m9.o12 ? length(terraform_data.r3) : (var.enabled ? length(terraform_data.r4) : length(terraform_data.r4))), 1])
}

output "o14" {
  value = !(local.l11)
}

output "o15" {
  value = [for x in distinct(tolist(var.items)) : "${x}-${"${var.name}-${2}"}"]
}

output "o16" {
  value = { a = substr("${format("%s/%03d", var.password, var.size)}-long", 0, 3) }
  sensitive = true
}

