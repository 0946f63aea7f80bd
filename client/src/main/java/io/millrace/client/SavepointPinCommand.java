package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.file.Path;
import io.millrace.savepoint.catalogue.MarkFiles;
import io.millrace.savepoint.catalogue.Marks;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code millrace savepoint pin}, {@code unpin} and {@code tag} have in common. */
abstract class SavepointPinCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "Of a savepoint or of a checkpoint.")
    private String path;

    @Mixin private OutputFormat format = new OutputFormat();

    SavepointPinCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    final int mark(Consumer<MarkFiles> change) {
        Connections.toFiles(surroundings);
        MarkFiles files = MarkFiles.of(new Path(path));
        change.accept(files);
        Marks marks = files.read();
        if (format.json()) {
            ObjectNode node = ApplicationJson.JSON.createObjectNode();
            node.put("manifest", files.manifest().toString()).put("pinned", marks.pinned());
            marks.tags().forEach(node.putArray("tags")::add);
            surroundings.out().println(node.toPrettyString());
        } else {
            surroundings
                    .out()
                    .printf(
                            "%s is %s, %s%n",
                            files.manifest().getParent(),
                            marks.pinned() ? "pinned" : "not pinned",
                            marks.tags().isEmpty()
                                    ? "without tags"
                                    : "tagged " + String.join(", ", marks.tags()));
        }
        surroundings.out().flush();
        return 0;
    }

    /** {@code millrace savepoint pin}. */
    @Command(name = "pin", description = "Keeps a savepoint from being pruned.")
    static final class Pin extends SavepointPinCommand {
        Pin(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            return mark(MarkFiles::pin);
        }
    }

    /** {@code millrace savepoint unpin}. */
    @Command(name = "unpin", description = "Lets a pinned savepoint be pruned again.")
    static final class Unpin extends SavepointPinCommand {
        Unpin(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            return mark(MarkFiles::unpin);
        }
    }

    /** {@code millrace savepoint tag}. */
    @Command(name = "tag", description = "Gives tags to a savepoint, which 'list' shows.")
    static final class Tag extends SavepointPinCommand {
        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "TAG",
                description = "A word each.")
        private List<String> tags;

        @Option(names = "--remove", description = "Takes the tags away instead.")
        private boolean remove;

        Tag(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            return mark(files -> tags.forEach(remove ? files::untag : files::tag));
        }
    }
}
