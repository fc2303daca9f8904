package dev.freshet.standalone;

import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.ItemFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What may be asked of a lineage that knows items. */
final class AskedOptions {
  private static final double EPSILON_DEFAULT = 0.1;

  @Option(
      names = "--item",
      paramLabel = "ITEM",
      description = "In place of TEXT: the number for this item.")
  private Optional<String> item = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "In place of TEXT: the K best items, of the catalogue or of --candidates.")
  private Optional<Integer> top = Optional.empty();

  @Option(
      names = "--candidates",
      split = ",",
      paramLabel = "ITEM",
      description = "In place of TEXT: these items, best first.")
  private List<String> candidates = new ArrayList<>();

  @Option(
      names = "--explore",
      paramLabel = "HOW",
      description =
          "How the first item is chosen: greedy (the best), epsilon (or any of them, with a"
              + " probability of --epsilon), thompson (each as often as it may be the best, by a head"
              + " with a posterior: --heads rating). The answer tells with what probability it was.")
  private Optional<String> explore = Optional.empty();

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description = "Share of --explore epsilon, 0 to 1. Default: " + EPSILON_DEFAULT + ".")
  private Optional<Double> epsilon = Optional.empty();

  @Option(
      names = "--attribute",
      paramLabel = "NAME",
      description = "Only items with it, or with another one given so. Repeat for more.")
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--seen",
      description = "Items of the task's own examples, too. Candidates always may be.")
  private boolean seen;

  boolean ranks() {
    return top.isPresent() || !candidates.isEmpty();
  }

  Optional<Features> features(Optional<String> text) {
    long given = Stream.of(text.isPresent(), item.isPresent(), ranks()).filter(is -> is).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "A query asks one thing: give TEXT, or --item ITEM, or --top K and --candidates A,B,…;"
              + " got "
              + (given == 0 ? "none of them." : "several."));
    }
    return item.isPresent()
        ? item.map(Features.ItemFeatures::new)
        : text.map(Features.TextFeatures::new);
  }

  List<Candidate> candidates() {
    return candidates.stream().map(id -> new Candidate(id.strip(), Optional.empty())).toList();
  }

  OptionalInt topK() {
    return top.isPresent() ? OptionalInt.of(top.get()) : OptionalInt.empty();
  }

  Optional<ItemFilter> filter() {
    if (attributes.isEmpty() && !seen) {
      return Optional.empty();
    }
    requireRanking("--attribute and --seen");
    boolean named = !candidates.isEmpty();
    return Optional.of(new ItemFilter(seen || named, named, attributes));
  }

  Optional<Exploration> exploration() {
    if (epsilon.isPresent() && !explore.equals(Optional.of("epsilon"))) {
      throw new IllegalArgumentException("--epsilon goes with --explore epsilon: give both.");
    }
    if (explore.isPresent()) {
      requireRanking("--explore");
    }
    return explore.map(how -> new Exploration(policy(how), epsilon.orElse(EPSILON_DEFAULT)));
  }

  private void requireRanking(String what) {
    if (!ranks()) {
      throw new IllegalArgumentException(
          what + " is about a choice among items: give it with --top K or --candidates A,B,….");
    }
  }

  private static Exploration.Policy policy(String text) {
    return Arrays.stream(Exploration.Policy.values())
        .filter(policy -> name(policy).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(Exploration.Policy.values())
                        .map(AskedOptions::name)
                        .collect(
                            Collectors.joining(
                                ", ", "--explore is '" + text + "', expected one of ", "."))));
  }

  static String name(Exploration.Policy policy) {
    return policy.name().toLowerCase(Locale.ROOT);
  }
}
