package dev.freshet.standalone;

import dev.freshet.schemas.ItemDescribed;
import dev.freshet.standalone.console.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet send item}: an item comes, changes, goes or comes back. */
@Command(
    name = "item",
    mixinStandardHelpOptions = true,
    description = {
      "Introduce an item of the catalogue, describe it anew, or withdraw it. It takes effect for"
          + " every task of the lineage with the next version of the item table, a fraction of a"
          + " second later. Sent again without --withdrawn, a withdrawn item is back."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet send item i90001 --attribute genre:3 --lineage readers",
      "  freshet send item i90001 --withdrawn --lineage readers"
    })
final class SendItemCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Parameters(index = "0", paramLabel = "ITEM", description = "Id of the item.")
  private String item = "";

  @Option(
      names = "--attribute",
      paramLabel = "NAME",
      description =
          "What it is: the release expects of a new item what it has seen of others with the same"
              + " attributes, and queries can ask for one. Repeat for more. Default: as known"
              + " before.")
  private List<String> attributes = new ArrayList<>();

  @Option(names = "--withdrawn", description = "It may not be recommended any more.")
  private boolean withdrawn;

  SendItemCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    ItemDescribed event =
        Input.checked(
            () ->
                new ItemDescribed(
                    shared.lineage(),
                    item,
                    attributes.isEmpty() ? Optional.empty() : Optional.of(attributes),
                    !withdrawn));
    SendCommand.send(event, console, shared);
  }
}
