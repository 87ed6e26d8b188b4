// A page that answers a form in place stands at the form's address, which opens nothing by itself: the
// bar shows the page of the form, so that reloading, a bookmark or another language lead there.
const { address } = document.body.dataset;
if (address && address !== location.pathname + location.search) {
  history.replaceState(history.state, "", address);
}
