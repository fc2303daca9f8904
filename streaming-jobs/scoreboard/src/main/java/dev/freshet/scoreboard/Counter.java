package dev.freshet.scoreboard;

/** What the scoreboard counts besides the scores. */
public enum Counter {
  /** Predictions taken in, one for each position of a query in the log. */
  PREDICTIONS("predictions"),
  /** Predictions whose position had one already: retries, left out. */
  PREDICTION_DUPLICATES("predictionDuplicates"),
  /** Predictions that met an outcome with a label or number: the scores are made of these. */
  JUDGED("judged"),
  /** Predictions that grew older than the retention and never met an outcome. */
  PREDICTIONS_WITHOUT_OUTCOME("predictionsWithoutOutcome"),
  /** Predictions that never met an outcome and left before that, to make room for younger ones. */
  PREDICTIONS_CROWDED_OUT("predictionsCrowdedOut"),
  /** Outcomes taken in, one for each task and query id. */
  OUTCOMES("outcomes"),
  /** Outcomes whose query had one already; the first one counts. */
  OUTCOME_DUPLICATES("outcomeDuplicates"),
  /** Of the duplicates, those that say something else than the first. */
  OUTCOME_CONTRADICTIONS("outcomeContradictions"),
  /** Of the outcomes, those that name an item that was chosen, which are not scored. */
  OUTCOMES_UNSUPPORTED("outcomesUnsupported"),
  /** Outcomes that grew older than the retention and never met a prediction. */
  OUTCOMES_WITHOUT_PREDICTION("outcomesWithoutPrediction"),
  /** Outcomes that never met a prediction and left before that, to make room for younger ones. */
  OUTCOMES_CROWDED_OUT("outcomesCrowdedOut"),
  /** Records of the predictions topic that are no prediction, or lie under another task's key. */
  PREDICTIONS_UNDECODABLE("predictionsUndecodable"),
  /** Records of the log that are no event, too large, or lie under another task's key. */
  EVENTS_UNDECODABLE("eventsUndecodable");

  private final String jsonName;

  Counter(String jsonName) {
    this.jsonName = jsonName;
  }

  /** As it stands in JSON. */
  public String jsonName() {
    return jsonName;
  }
}
