-- Requests for wrk: one to sign, one to verify, in turn. The token to verify comes behind the "--" of the command line.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

local sign, verify, turn

function init(arguments)
  sign = wrk.format(nil, "/sign", nil, '{"sub":"alice","scope":"read write"}')
  verify = wrk.format(nil, "/verify", nil, '{"token":"' .. arguments[1] .. '"}')
end

function request()
  turn = not turn
  return turn and sign or verify
end

function done(summary)
  local errors = summary.errors
  print(string.format("answered %d failed %d", summary.requests, errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
