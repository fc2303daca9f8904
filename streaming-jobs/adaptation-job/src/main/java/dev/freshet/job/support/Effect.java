package dev.freshet.job.support;

/** What an event did to its task. */
public enum Effect {
  OPENED,
  CLOSED,
  ASKED,
  /** An example joined the support. */
  LEARNED,
  /** The same example again; nothing changed. */
  REPEATED,
  /** An example stayed out because it was retracted before it came. */
  RETRACTED_BEFORE,
  RETRACTED,
  /** A retraction of an example that is not there; remembered in case it comes. */
  RETRACTED_UNSEEN,
  /** An outcome became an example. */
  OUTCOME_LEARNED,
  /** An outcome that the policy does not want, or whose query is not remembered. */
  OUTCOME_IGNORED,
  /** Refused: the label is beyond the policy's limit. */
  TOO_MANY_LABELS,
  /** Refused: nobody knows the item, and the policy keeps no such example. */
  UNKNOWN_ITEM;

  /** Whether an example joined or left the support. */
  public boolean changesSupport() {
    return this == LEARNED || this == OUTCOME_LEARNED || this == RETRACTED || this == OPENED;
  }
}
