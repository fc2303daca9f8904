package dev.freshet.adaptation.exploration;

/** What is believed of the candidates' scores: a Gaussian, whose mean is what is predicted. */
public sealed interface Beliefs permits IndependentBeliefs, JointBeliefs, TasteBeliefs {
  /** How many there are; 1 or more. */
  int candidates();

  /** The predicted score of a candidate. */
  double mean(int candidate);

  /** How many independent standard normals a draw of all scores is made of. */
  int dimensions();

  /**
   * A draw of all scores at once.
   *
   * @param normals standard normals; the first {@link #dimensions} are used
   * @param scores where the scores go, one a candidate
   */
  void draw(double[] normals, double[] scores);
}
