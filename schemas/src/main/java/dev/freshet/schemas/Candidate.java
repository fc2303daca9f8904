package dev.freshet.schemas;

import java.util.Optional;

/**
 * An item that a query asks to have ranked.
 *
 * @param item names it
 * @param features what is known of it, where the release's catalogue does not say
 */
public record Candidate(String item, Optional<Features> features) {
  public Candidate {
    Require.id("candidate", item);
  }
}
