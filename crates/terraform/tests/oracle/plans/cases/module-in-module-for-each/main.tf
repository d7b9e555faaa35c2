locals {
  teams = {
    red  = { members = ["ann", "bob"], quota = 2 }
    blue = { members = [], quota = null }
  }
}

module "team" {
  source   = "./team"
  for_each = local.teams
  name     = each.key
  members  = each.value.members
  quota    = each.value.quota
}

output "members" {
  value = { for name, team in module.team : name => team.members }
}

output "quotas" {
  value = [for team in module.team : team.quota]
}

output "ann" {
  value = module.team["red"].members["ann"]
}
