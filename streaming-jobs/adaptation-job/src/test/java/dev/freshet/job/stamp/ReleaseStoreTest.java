package dev.freshet.job.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.LoadedRelease;
import dev.freshet.adaptation.runtime.ReleaseLoader;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.job.testing.TestReleases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseStoreTest {
  private static final int KEPT = 8;

  @TempDir Path directory;
  private TestReleases releases;
  private ReleaseStore store;

  @BeforeEach
  void open() {
    releases = new TestReleases(directory);
    store = new ReleaseStore(directory, new ReleaseLoader(Device.CPU));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private LoadedRelease loaded(Release release) {
    return store.loaded(TestReleases.LINEAGE, release.manifest().release(), release.digest());
  }

  private static void adapt(LoadedRelease release) {
    try (Adapter adapter = new Adapter()) {
      SupportSet support =
          SupportSet.builder(release.features(), 1).name(0, new float[release.features()]).build();
      assertThat(adapter.adapt(release, List.of(support))).hasSize(1);
    }
  }

  @Test
  void whatWasVerifiedIsOpenForWhoeverIsToAnswerWithIt() throws IOException {
    Release release = releases.write("one", 10);
    store.verified(TestReleases.LINEAGE, "one", release.digest());
    Files.delete(releases.path("one").resolve("adapt.onnx"));

    LoadedRelease first = loaded(release);
    assertThat(loaded(release)).isSameAs(first);
    adapt(first);
  }

  @Test
  void closesTheReleasesUsedLeastRecentlyAndOnlyWhenTrimmed() {
    List<Release> written = new ArrayList<>();
    List<LoadedRelease> loaded = new ArrayList<>();
    for (int i = 0; i <= KEPT; i++) {
      written.add(releases.write("r" + i, 10 + i));
      loaded.add(loaded(written.get(i)));
    }
    LoadedRelease used = loaded(written.get(0));
    loaded.forEach(ReleaseStoreTest::adapt);

    store.trim();
    adapt(used);
    assertThatThrownBy(() -> adapt(loaded.get(1))).hasMessageContaining("closed");
    adapt(loaded.get(2));
    adapt(loaded(written.get(1)));
  }

  @Test
  void whatItHandedOutIsClosedWithIt() {
    LoadedRelease release = loaded(releases.write("one", 10));
    store.close();
    assertThatThrownBy(() -> adapt(release)).hasMessageContaining("closed");
  }

  @Test
  void whoIsStoppedWhileItOpensIsToldSoAndMayComeAgain() {
    Release release = releases.write("one", 10);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> loaded(release)).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    adapt(loaded(release));
  }

  @Test
  void aReleaseUnderAnotherNameIsRefused() throws IOException {
    Release release = releases.write("one", 10);
    Files.move(releases.path("one"), releases.path("two"));

    assertThatThrownBy(() -> store.loaded(TestReleases.LINEAGE, "two", release.digest()))
        .isInstanceOf(ReleaseDamagedException.class)
        .hasMessageContaining("A release lives in the directory of its name");
  }
}
