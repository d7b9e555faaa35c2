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
  l1 = max(var.size, var.size)
}

resource "terraform_data" "r2" {
  input = max(var.size, max(var.size, 0))
}

locals {
  l3 = var.enabled
}

module "m4" {
  source = "./a"
  count = 3
  name = jsonencode({ name = var.name, size = local.l1 })
  size = length(replace(terraform_data.r2.id, "a", "o"))
  items = tolist(["l"])
  labels = tomap({ a = "1", b = "2" })
  options = { first = "f-${jsonencode([try(var.labels["zz"], var.options.first), "${"beta"}-${count.index}"])}", other = 1 }
}

module "m5" {
  source = "./a"
  size = sum([length(substr("${terraform_data.r2.id}-long", 0, 3)), 1])
  password = ((local.l3 ? { v = substr("${var.options.first}-long", 0, 3) } : { v = format("%s/%03d", terraform_data.r2.id, var.size) }).v)
}

resource "terraform_data" "r6" {
  for_each = { a = var.options.first, b = var.options.first }
  input = var.size
  triggers_replace = ["%{ if (true && false) }yes%{ else }no%{ endif }", 1]
}

locals {
  l7 = var.name
  l8 = module.m5.o13
  l9 = { for i, x in var.items : "k${i}" => x }
}

output "o10" {
  value = "p-${try(tomap({ a = var.name, c = var.name })["zz"], "%{ for x in module.m4[*].o10 }<${x}>%{ endfor }")}"
}

output "o11" {
  value = local.l1 * 2
}

output "o12" {
  value = startswith("Grüße", "p")
}

output "o13" {
  value = flatten([module.m5.o13, ["Grüße"]])
}

output "o14" {
  value = tomap({ a = replace(var.password, "a", "o"), c = tostring(terraform_data.r2.output) })
  sensitive = true
}

