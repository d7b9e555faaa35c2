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
  l1 = (((var.enabled && var.enabled) ? { v = "%{ for x in var.items }<${x}>%{ endfor }" } : { v = ((var.enabled ? { v = var.options.first } : { v = var.name }).v) }).v)
  l2 = (var.enabled ? tomap({ for i, x in var.items : "k${i}" => x }) : tomap({ e = jsonencode({ name = "beta", size = var.size }) }))
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = join("-", tolist(toset([local.l1, "set"])))
}

resource "terraform_data" "r4" {
  count = 3
  input = contains(reverse(formatlist("%s!", var.items)), var.options.first)
}

resource "terraform_data" "r5" {
  for_each = toset(tolist([trimspace(" ${var.options.first} "), (!(var.enabled) ? var.options.first : ((var.enabled ? { v = var.options.first } : { v = var.options.first }).v))]))
  input = length(terraform_data.r4)
}

locals {
  l6 = flatten([keys(terraform_data.r5), [upper(var.password)]])
  l7 = length(["x", "y"]) > 0
  l8 = local.l2
}

module "m9" {
  source = "./a"
  for_each = toset(compact([replace(var.options.first, "a", "o"), ""]))
  enabled = can((local.l7 ? tomap({ a = var.options.first }) : tomap({ e = replace(each.value, "a", "o") })).a)
  items = (contains(var.items, each.value) ? tolist(concat(keys(terraform_data.r5), var.items)) : tolist([]))
  password = jsonencode({ name = each.key, size = 0 })
}

resource "terraform_data" "r10" {
  count = 3
  input = var.password
}

locals {
  l11 = { for k, v in (local.l7 ? tomap(local.l8) : tomap({ e = "alpha" })) : k => upper(v) }
  l12 = can({ a = local.l1 }.a)
  l13 = local.l12
}

output "o14" {
  value = tostring((length(terraform_data.r3) * 2 + sum([var.size, 1])))
}

output "o15" {
  value = length(terraform_data.r3) % 3
}

output "o16" {
  value = format("%s/%03d", try(terraform_data.r3[0].output, "none"), length(terraform_data.r3)) != null
}

output "o17" {
  value = sort(tolist(terraform_data.r4[*].id))
}

output "o18" {
  value = merge(local.l11, { b = try(local.l2["zz"], local.l1) })
}

