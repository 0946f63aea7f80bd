package io.millrace.host.modes;

import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Steps that follow each other; each takes outputs of earlier ones. The outputs that no step takes
 * are the program's. Immutable.
 *
 * @param trouble the step behind which a subtask fails, in settings where one does
 */
record Program(long seed, List<Placed> steps, int trouble) {
    /**
     * A step of the program.
     *
     * @param inputs the positions of the steps whose outputs it takes
     * @param expected its output, in any order
     */
    record Placed(Step step, Place place, List<Integer> inputs, List<Item> expected) {}

    Program {
        steps = List.copyOf(steps);
    }

    /** The positions of the steps whose outputs are the program's. */
    List<Integer> outputs() {
        List<Integer> outputs = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            outputs.add(i);
        }
        steps.forEach(step -> outputs.removeAll(step.inputs()));
        return outputs;
    }

    /** What must come out, sorted. */
    List<String> expected() {
        List<String> lines = new ArrayList<>();
        for (int output : outputs()) {
            steps.get(output).expected().forEach(item -> lines.add(line(output, item)));
        }
        lines.sort(null);
        return lines;
    }

    static String line(int output, Item item) {
        return output + ": " + item;
    }

    /** The same with the engine, as one stream of lines. */
    DataStream<String> build(
            StreamExecutionEnvironment env, UnaryOperator<DataStream<Item>> trouble) {
        List<DataStream<Item>> streams = new ArrayList<>();
        for (Placed placed : steps) {
            DataStream<Item> stream =
                    placed.step() instanceof SourceStep source
                            ? source.read(env, placed.place())
                            : placed.step()
                                    .build(
                                            placed.place(),
                                            placed.inputs().stream().map(streams::get).toList());
            streams.add(streams.size() == this.trouble ? trouble.apply(stream) : stream);
        }
        DataStream<String> all = null;
        for (int output : outputs()) {
            DataStream<String> lines =
                    streams.get(output)
                            .map(item -> line(output, item))
                            .setParallelism(steps.get(output).place().parallelism());
            all = all == null ? lines : all.union(lines);
        }
        return all;
    }

    /** The part of the program that makes the output of one step, which becomes the only one. */
    Program upTo(int last) {
        TreeSet<Integer> needed = new TreeSet<>(List.of(last));
        for (int i = last; i >= 0; i--) {
            if (needed.contains(i)) {
                needed.addAll(steps.get(i).inputs());
            }
        }
        List<Integer> kept = List.copyOf(needed);
        return new Program(
                seed,
                kept.stream()
                        .map(steps::get)
                        .map(
                                one ->
                                        new Placed(
                                                one.step(),
                                                one.place(),
                                                one.inputs().stream().map(kept::indexOf).toList(),
                                                one.expected()))
                        .toList(),
                kept.indexOf(trouble));
    }

    /** One line for each step. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            Placed placed = steps.get(i);
            text.append(i)
                    .append(" = ")
                    .append(placed.step())
                    .append(placed.inputs())
                    .append(" x")
                    .append(placed.place().parallelism())
                    .append(' ')
                    .append(placed.place().chaining())
                    .append(", ")
                    .append(placed.expected().size())
                    .append(i == trouble ? " items, trouble\n" : " items\n");
        }
        return text.toString();
    }
}
