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
  l1 = var.items
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = slice(concat(["s", "%{ if (var.enabled || var.enabled) }yes%{ else }no%{ endif }"], sort(tolist([for x in tolist(["l"]) : x if x != var.password]))), 0, 2)
  triggers_replace = [lookup(var.options.tags, "a", jsonencode({ name = "${var.password}-${var.size}", size = count.index * 2 })), 1]
}

locals {
  l3 = concat(keys({ for k, v in var.labels : k => upper(v) }), concat(reverse(local.l1), sort(tolist(var.items))))
  l4 = var.enabled
  l5 = tomap({ a = "1", b = "2" })
}

module "m6" {
  source = "./a"
  for_each = toset(split("-", jsonencode([for k, v in var.options.tags : "${k}=${v}"])))
  size = sum([0 * 2, 1])
  options = { first = "f-${substr("${each.value}-long", 0, 3)}", other = 1 }
}

resource "terraform_data" "r7" {
  for_each = toset([])
  input = can({ for i, x in keys(var.labels) : "k${i}" => x }.a)
}

locals {
  l8 = length(terraform_data.r2)
  l9 = var.enabled
  l10 = trimspace(" ${var.options.first} ")
  l11 = tomap({ a = "${"alpha"}-${length(terraform_data.r2)}", c = substr("${var.name}-long", 0, 3) })
}

output "o12" {
  value = jsonencode(reverse(reverse(var.items)))
}

output "o13" {
  value = length(var.options.first)
}

output "o14" {
  value = (!(false) || (var.enabled && local.l4))
}

output "o15" {
  value = local.l3
}

output "o16" {
  value = { for i, x in ["alpha", var.name] : "k${i}" => x }
}

