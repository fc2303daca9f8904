package dev.freshet.standalone.readerdemo;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Target.ItemTarget;
import dev.freshet.trainer.readerstream.ReaderStep;
import dev.freshet.trainer.readerstream.ReaderStream;
import dev.freshet.trainer.readerstream.StreamYardsticks;
import dev.freshet.trainer.recommendation.StreamTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Judges the answers to a stream's questions, and those of the yardsticks to the same questions: a
 * question counts for everybody once the job has answered it. Not thread-safe.
 */
final class ReaderScores {
  static final String ADAPTED = "adapted";
  static final String UNADAPTED = Prediction.UNADAPTED;

  private final Map<Name, Question> questions = new HashMap<>();

  private record Name(String task, String query) {}

  /** What was asked, and what the yardsticks have to say to it. */
  private record Question(ReaderStep step, List<Consumer<StreamTable>> yardsticks) {}

  /** The yardsticks answer at once, each question as of its place in the stream. */
  ReaderScores(ReaderStream stream, ReaderSource source) {
    for (ReaderStep step : stream.steps()) {
      if (step instanceof ReaderStep.NumberAsked asked) {
        questions.put(
            new Name(asked.user(), asked.query()), new Question(asked, new ArrayList<>(2)));
      } else if (step instanceof ReaderStep.TopAsked asked) {
        questions.put(
            new Name(asked.user(), asked.query()), new Question(asked, new ArrayList<>(2)));
      }
    }
    StreamYardsticks.answer(
        stream,
        source.release(),
        source.ratings().split().before(),
        new StreamYardsticks.Listener() {
          @Override
          public void number(ReaderStep.NumberAsked asked, String learner, double answer) {
            add(asked.user(), asked.query(), table -> asked.judge(table, learner, answer));
          }

          @Override
          public void order(ReaderStep.TopAsked asked, String learner, List<String> ranked) {
            add(asked.user(), asked.query(), table -> asked.judge(table, learner, ranked));
          }
        });
  }

  private void add(String user, String query, Consumer<StreamTable> judgement) {
    Question question = questions.get(new Name(user, query));
    if (question != null) {
      question.yardsticks().add(judgement);
    }
  }

  int questions() {
    return questions.size();
  }

  boolean asks(String task, String query) {
    return asksNumber(task, query) || asksOrder(task, query);
  }

  boolean asksNumber(String task, String query) {
    Question question = questions.get(new Name(task, query));
    return question != null && question.step() instanceof ReaderStep.NumberAsked;
  }

  boolean asksOrder(String task, String query) {
    Question question = questions.get(new Name(task, query));
    return question != null && question.step() instanceof ReaderStep.TopAsked;
  }

  /** Writes what came of a question into a table; what is no answer to one is passed over. */
  void judge(Prediction prediction, StreamTable table) {
    Question question = questions.get(new Name(prediction.task(), prediction.query()));
    if (question == null) {
      return;
    }
    for (Answer answer : prediction.answers()) {
      String learner = answer.head().equals(Prediction.UNADAPTED) ? UNADAPTED : ADAPTED;
      if (question.step() instanceof ReaderStep.NumberAsked asked) {
        asked.judge(table, learner, answer.scores().get(0).score());
      } else if (question.step() instanceof ReaderStep.TopAsked asked) {
        asked.judge(table, learner, items(answer));
      }
    }
    question.yardsticks().forEach(judgement -> judgement.accept(table));
  }

  private static List<String> items(Answer answer) {
    return answer.scores().stream().map(score -> ((ItemTarget) score.target()).item()).toList();
  }
}
