package dev.freshet.adaptation.runtime;

/** What really runs. Predictions carry its id, because bytes are promised per kind of processor. */
public enum Engine {
  CPU("cpu"),
  CUDA("cuda");

  private final String id;

  Engine(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
