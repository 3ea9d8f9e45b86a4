// Rows and entries lie in files beside this page. A list that is opened, or that a link leads into, is read from its file.
(function () {
  var zh = document.documentElement.lang.slice(0, 2) === "zh" ? 1 : 0, lost = document.body.dataset.lost, awaited = "";
  function lists(file) {
    return Array.prototype.filter.call(document.querySelectorAll("details[data-file]"), function (list) {
      return list.dataset.file === file;
    });
  }
  function read(list) {
    var file = list.dataset && list.dataset.file;
    if (!file || list.dataset.asked) return;
    lists(file).forEach(function (one) { one.dataset.asked = "1"; });
    var script = document.createElement("script");
    script.src = "rows/" + encodeURIComponent(file);
    script.onerror = function () {
      lists(file).forEach(function (one) {
        var said = document.createElement("p");
        said.className = "banner";
        said.textContent = lost.replace("{file}", "rows/" + file);
        one.appendChild(said);
      });
    };
    document.head.appendChild(script);
  }
  function cell(row, text, kind) {
    var made = row.insertCell();
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
  }
  function entry(row, told, say) {
    row.id = "entry-" + told[0];
    cell(row, told[0], "num");
    cell(row, say(told[1]));
    cell(row, told[2]);
    cell(row, told[3] + say(told[4]));
    cell(row, told[5]);
    cell(row, told[6], "mono");
  }
  function participant(row, told, say) {
    var seqs = told[told.length - 1];
    told.slice(0, -1).forEach(function (value) { cell(row, say(value)); });
    var links = row.insertCell();
    seqs.forEach(function (seq) {
      var link = document.createElement("a");
      link.href = "#entry-" + seq;
      link.textContent = seq;
      links.append(link, " ");
    });
  }
  window.evidence = function (file, data) {
    function say(value) { return typeof value === "number" ? data.words[value][zh] : value; }
    lists(file).forEach(function (list) {
      var body = list.querySelector("tbody"), put = list.dataset.first ? entry : participant;
      data.rows.forEach(function (told) { put(body.insertRow(), told, say); });
    });
    if (awaited === file) reveal();
  };
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1)), seq = /^entry-(\d+)$/.exec(id);
    var target = document.getElementById(id);
    if (!target && seq) {
      target = Array.prototype.find.call(document.querySelectorAll("details[data-first]"), function (list) {
        return +list.dataset.first <= +seq[1] && +seq[1] <= +list.dataset.last;
      });
    }
    awaited = target && seq && target.dataset.file || "";
    document.querySelectorAll(".found").forEach(function (one) { one.classList.remove("found"); });
    for (var place = target; place; place = place.parentElement) {
      if (place.tagName === "DETAILS") { place.open = true; read(place); }
    }
    if (target) {
      if (seq && target.tagName === "TR") target.classList.add("found");
      target.scrollIntoView();
    }
  }
  document.addEventListener("toggle", function (event) {
    var list = event.target;
    if (list.open && !list.parentElement.closest("details:not([open])")) [list].concat(Array.prototype.slice.call(list.querySelectorAll("details[open]"))).forEach(read);
  }, true);
  addEventListener("hashchange", reveal);
  reveal();
})();
