/**
 * Releases: immutable directories that hold one version of a lineage, and how they are written,
 * checked and read.
 *
 * <p>A {@link dev.freshet.adaptation.release.ReleaseManifest} is what {@code release.json} says,
 * with the digest of every other file; a {@link dev.freshet.adaptation.release.Release} is one
 * whose files all agreed with it, held in memory; {@link
 * dev.freshet.adaptation.release.ReleaseWriter} makes one from a learner and a {@link
 * dev.freshet.adaptation.release.ReleaseDraft}.
 *
 * <p>Start at {@link dev.freshet.adaptation.release.ReleaseReader}. There is no way to a {@code
 * Release} around the checks. JSON does not leak out of this package.
 */
@NullMarked
package dev.freshet.adaptation.release;

import org.jspecify.annotations.NullMarked;
