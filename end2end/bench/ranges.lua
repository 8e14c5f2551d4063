-- wrk asks for ranges of SZ bytes, anywhere in a file of LEN bytes, as whoever carries COOKIE.
local size = tonumber(os.getenv("SZ"))
local length = tonumber(os.getenv("LEN"))
wrk.headers["Cookie"] = os.getenv("COOKIE")

function init()
  math.randomseed(20261123)
end

function request()
  local first = math.random(0, length - size - 1)
  wrk.headers["Range"] = "bytes=" .. first .. "-" .. (first + size - 1)
  return wrk.format("GET")
end
