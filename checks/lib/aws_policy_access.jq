# Who a policy of AWS lets in.

# place in a policy → whether something other than the document that it is written in says what stands there.
def told_by_another: any(refs; address | contains("aws_iam_policy_document.") | not);

# key of a condition → whether it is about who asks, or from where or on behalf of what.
def tells_who:
  test("^aws:(Principal(Arn|Account|OrgID|OrgPaths|Tag/.+)|UserId)$"; "i")
  or test("^aws:(Source(Account|Arn|Ip|OrgID|OrgPaths|Owner|Vpc|Vpce|VpcArn)|VpcSourceIp)$"; "i")
  or test("^aws:Vpce(Account|OrgID|OrgPaths)$"; "i")
  or test("^(kms:CallerAccount|lambda:FunctionUrlAuthType|s3:DataAccessPoint(Arn|Account)|sns:Endpoint)$"; "i")
  or test("^elasticfilesystem:AccessedViaMountTarget$"; "i");

# statement → whether a condition ties it to named accounts, organizations, networks or resources. One that also
# holds where the request says nothing (`…IfExists`, `ForAllValues`) ties it to nothing.
def narrowed:
  any(
    .Condition
    | objects
    | .[]
    | select(key | test("^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$"; "i"))
    | objects
    | .[]
    | select(key | tells_who);
    all(one_or_more; told_by_another or (test("^(\\*|arn:aws:iam::\\*|0\\.0\\.0\\.0/0|::/0)$") | not)));

# statement → the places that name everybody. What another resource or a data source tells is somebody.
def everybody:
  (.Principal
    | strings, (objects | .AWS, .Service | one_or_more)
    | select((told_by_another | not) and . == "*")),
  (.NotPrincipal | select(. != null));

# text → the places that let everybody in, of the policies that it holds.
def open_to_everybody:
  allowing_statements | select(any(everybody; true)) | select(narrowed | not) | everybody;

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

# key of KMS → whether nobody named one, or it is one that AWS makes for a service, also one that is looked up.
def lacks_own_key:
  def of_a_service: . != null and test("(^|:)alias/aws/");
  . == null
  or if any(refs; true) then
      all(refs;
        if address | test("(^|\\.)data\\.aws_kms_key\\.") then .key_id
        elif address | test("(^|\\.)data\\.aws_kms_alias\\.") then .name
        else null end
        | of_a_service)
    else . == "" or of_a_service end;
