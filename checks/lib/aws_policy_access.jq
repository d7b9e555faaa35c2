# Who a policy of AWS lets in.

# statement → whether a condition ties it to named accounts, organizations, networks or resources. One that also holds where
# the request says nothing (`…IfExists`, `ForAllValues`) ties it to nothing.
def narrowed:
  any(
    .Condition
    | objects
    | .[]
    | select(key | test("^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$"; "i"))
    | objects
    | .[]
    | select(key | test("^(aws:(Principal(Arn|Account|OrgID|OrgPaths|Tag/.+)|Source(Account|Arn|Ip|OrgID|OrgPaths|Owner|Vpc|Vpce|VpcArn)|UserId|VpcSourceIp)|kms:CallerAccount|lambda:FunctionUrlAuthType|s3:DataAccessPoint(Arn|Account)|sns:Endpoint|elasticfilesystem:AccessedViaMountTarget)$"; "i"));
    all(one_or_more; any(refs; true) or (test("^(\\*|arn:aws:iam::\\*|0\\.0\\.0\\.0/0|::/0)$") | not)));

# statement → the places that name everybody.
def everybody:
  (.Principal | strings, (objects | .[] | one_or_more) | select(. == "*")),
  (.NotPrincipal | select(. != null));

# text → the places that let everybody in, of the policies that it holds.
def open_to_everybody:
  allowing_statements | select(narrowed | not) | everybody;

# text or list → the actions that everybody gets, where a whole service or everything is among them.
def whole_service: one_or_more | select(test("^([a-z0-9-]+:)?\\*$"));

# text → whether a policy that it holds denies everybody requests without TLS.
def denies_plain_http:
  any(
    document | .Statement | one_or_more;
    .Effect == "Deny" and any(everybody; true)
    and any(
      .Condition | objects | to_entries[];
      (.key | test("^Bool(IfExists)?$"; "i"))
      and any(
        .value | objects | to_entries[];
        (.key | ascii_downcase) == "aws:securetransport"
        and any(.value | one_or_more; tostring == "false"))));

# key of KMS → whether nobody named one, or it is one that AWS makes for a service.
def lacks_own_key:
  . == null or ((any(refs; true) | not) and test("^$|(^|:)alias/aws/"));
