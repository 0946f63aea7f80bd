package io.millrace.client;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCheck;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code millrace options}: every key that {@code -D} and {@code millrace.yaml} may set. */
@Command(name = "options", description = "Lists every option with its meaning and default.")
final class OptionsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    OptionsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = surroundings.out();
        for (Option<?> option :
                OptionCheck.ofEngine(OptionsCommand.class.getClassLoader()).known().values()) {
            out.println(option.key() + "  (" + type(option) + ")");
            out.println("    " + option.description());
        }
        out.flush();
        return 0;
    }

    private static <T> String type(Option<T> option) {
        StringBuilder type = new StringBuilder(option.typeName());
        if (!option.rangeText().isEmpty()) {
            type.append(' ').append(option.rangeText());
        }
        option.defaultValue()
                .map(option::print)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> type.append(", default ").append(text));
        return type.toString();
    }
}
