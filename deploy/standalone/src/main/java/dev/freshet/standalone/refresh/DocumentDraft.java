package dev.freshet.standalone.refresh;

import dev.freshet.adaptation.release.Release;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.standalone.refresh.RefreshDocument.Classes;
import dev.freshet.standalone.refresh.RefreshDocument.Decision;
import dev.freshet.standalone.refresh.RefreshDocument.Training;
import dev.freshet.trainer.refresh.Challenger;
import dev.freshet.trainer.refresh.ClassSplit;
import dev.freshet.trainer.refresh.Gate;
import dev.freshet.trainer.refresh.Material;
import dev.freshet.trainer.refresh.RefreshOutcome;
import dev.freshet.trainer.refresh.RefreshOutcome.Judged;
import dev.freshet.trainer.training.HeldOutScore;
import java.util.Optional;

/** What a document says before its outcome is known. */
record DocumentDraft(String lineage, Release champion, LogFold fold, Phases phases) {

  RefreshDocument unchanged() {
    return new RefreshDocument(
        lineage,
        champion.manifest().release(),
        fold.positions(),
        fold.history().counts(),
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Decision.NOTHING_NEW,
        "Neither the log nor the champion has changed since the last refresh.",
        null,
        null,
        null,
        phases.seconds());
  }

  RefreshDocument of(RefreshOutcome outcome, Decision decision, Optional<ReleaseActivated> fence) {
    Material material = outcome.material();
    Optional<Judged> judged = outcome instanceof Judged made ? Optional.of(made) : Optional.empty();
    Optional<Gate> gate = judged.flatMap(Judged::gate);
    return new RefreshDocument(
        lineage,
        champion.manifest().release(),
        fold.positions(),
        fold.history().counts(),
        material.tasks(),
        material.classes().categories().size(),
        material.tooSmall(),
        material.unnamedRows(),
        material.ambiguousTexts(),
        judged.map(j -> classes(j.split())).orElse(null),
        judged.map(j -> training(j.challenger())).orElse(null),
        gate.map(Gate::streams).orElse(null),
        gate.map(Gate::even).orElse(null),
        gate.flatMap(Gate::recurring).orElse(null),
        gate.map(Gate::recurrence).orElse(null),
        gate.map(Gate::expectedLead).orElse(null),
        decision,
        outcome.reason(),
        fence.map(ReleaseActivated::release).orElse(null),
        fence.map(ReleaseActivated::digest).orElse(null),
        fence.map(ReleaseActivated::epoch).orElse(null),
        phases.seconds());
  }

  private static Classes classes(ClassSplit split) {
    return new Classes(
        split.train().categories().size(),
        split.choosing().categories().size(),
        split.judging().categories().size());
  }

  private static Training training(Challenger challenger) {
    HeldOutScore before = challenger.champion();
    HeldOutScore after = challenger.calibration().best().heldOut();
    return new Training(
        challenger.metricShare(),
        challenger.domainPull(),
        challenger.training().steps(),
        before.logLoss(),
        before.accuracy(),
        after.logLoss(),
        after.accuracy());
  }
}
