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
  l1 = jsonencode([{ v = var.options.first }, { v = var.options.first }][*].v)
  l2 = true
  l3 = join("-", var.items)
}

resource "terraform_data" "r4" {
  for_each = merge(zipmap(["a", "d"], [local.l3, local.l3]), { b = element(concat(["z"], var.items), 1) })
  input = trimspace(" ${each.value} ")
}

locals {
  l5 = [jsonencode(keys(terraform_data.r4)), one([var.password])]
  l6 = (local.l2 ? tomap(var.options.tags) : tomap({ e = local.l3 }))
  l7 = keys(var.labels)
  l8 = merge({ for k, r in terraform_data.r4 : k => r.id }, { b = format("%s/%03d", jsonencode(var.items), sum([var.size, 1])) })
}

module "m9" {
  source = "./a"
  count = min(3, 1)
  size = count.index
  enabled = substr("${var.options.first}-long", 0, 3) != null
  items = [for x in [for x in local.l7 : x if x != var.options.first] : "${x}-${coalesce(local.l1, "none")}"]
  password = jsonencode({ name = replace(local.l1, "a", "o"), size = length("alpha") })
}

resource "terraform_data" "r10" {
  for_each = merge(tomap({ a = "1", b = "2" }), { b = "p-${local.l3}" })
  input = can(var.options.tags.a)
}

locals {
  l11 = startswith(lookup(merge(tomap({ a = "1", b = "2" }), { b = var.name }), "a", "beta"), "p")
  l12 = slice(concat(["s", format("%s/%03d", local.l1, sum([var.size, 1]))], []), 0, 2)
  l13 = [{ v = local.l1 }, { v = "" }][*].v
}

output "o14" {
  value = "${jsonencode({ name = "${var.options.first}-${var.size}", size = var.size })}-${length({ for i, x in keys(terraform_data.r4) : "k${i}" => x })}"
}

output "o15" {
  value = (length(local.l13) > 0 ? (var.size + var.size) : var.size) % 3
}

output "o16" {
  value = local.l11
}

output "o17" {
  value = tolist(toset(["beta", "set"]))
}

output "o18" {
  value = var.labels
}

