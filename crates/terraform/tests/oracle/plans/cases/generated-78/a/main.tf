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
  l1 = { for k, v in var.options.tags : k => upper(v) }
  l2 = length(var.items) > 0
  l3 = length(var.items) > var.size
  l4 = "%{ for x in var.items }<${x}>%{ endfor }" != null
}

resource "terraform_data" "r5" {
  count = 1
  input = jsonencode({ name = var.name, size = length(var.items) })

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l6 = [for x in tolist(["l"]) : x if x != var.options.first]
  l7 = [{ v = "p-${coalesce(try(terraform_data.r5[0].output, "none"), "none")}" }, { v = join("-", slice(concat(["s", try(terraform_data.r5[0].output, "none")], var.items), 0, 2)) }][*].v
  l8 = tostring((1 + length(terraform_data.r5)))
  l9 = length(terraform_data.r5)
}

module "m10" {
  source = "./a"
  count = 1
  name = "%{ if local.l4 }yes%{ else }no%{ endif }"
  size = var.size
  enabled = can(zipmap(["a", "d"], [local.l8, var.options.first]).a)
  items = local.l6
  labels = ((local.l2 || true) ? tomap(local.l1) : tomap({ e = local.l8 }))
  password = "%{ for x in distinct(tolist(distinct(tolist(var.items)))) }<${x}>%{ endfor }"
}

module "m11" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = substr("${join("-", tolist(["l"]))}-long", 0, 3)
  enabled = var.options.first == "Grüße"
}

resource "terraform_data" "r12" {
  input = coalesce((!(local.l3) ? (local.l2 ? local.l8 : var.password) : var.password), "none")

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l13 = { for k, v in zipmap(["a", "d"], [try(var.options.tags["zz"], var.options.first), trimspace(" ${var.options.first} ")]) : k => upper(v) }
  l14 = formatlist("%s!", var.items)
  l15 = (local.l2 || var.enabled)
  l16 = merge(local.l1, { b = "%{ for x in module.m10[*].o16 }<${x}>%{ endfor }" })
}

output "o17" {
  value = ((1 > local.l9 || (local.l3 && var.enabled)) ? trimspace(" ${element(concat(["z"], module.m10[*].o16), 1)} ") : coalesce("p-${var.password}", "none"))
  sensitive = true
}

output "o18" {
  value = (can(var.options.tags.a) ? var.size : length(module.m11[*].o16))
}

output "o19" {
  value = false
}

output "o20" {
  value = tolist([format("%s/%03d", one([var.options.first]), length(local.l16)), var.options.first])
}

output "o21" {
  value = tomap({ a = var.name, c = try(terraform_data.r5[0].output, "none") })
}

