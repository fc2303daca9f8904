package dev.freshet.trainer.recommendation;

import java.util.List;

/** One user at one moment, asking for the best items: what everybody may look at. */
interface RankingTrial {
  /** The user's events so far, in the order of time, those of items outside the catalogue too. */
  List<RatedRow> support();

  /** Ratings of each item of the catalogue so far. */
  double[] popularity();

  /** The same of the last seven days. */
  double[] recentPopularity();

  /** Each item's vector as it is now. */
  float[][] catalogueRows();
}
