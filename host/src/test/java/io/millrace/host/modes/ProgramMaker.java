package io.millrace.host.modes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes the program of a seed, always the same. Used once. */
final class ProgramMaker {
    private static final int MOST_ITEMS = 4_000;
    private static final int MOST_PARALLELISM = 4;

    private final long seed;
    private final Random random;
    private final List<Program.Placed> steps = new ArrayList<>();
    private final List<Boolean> timed = new ArrayList<>();
    private final List<Supplier<Step>> kinds =
            List.of(
                    this::mapped,
                    this::filtered,
                    () -> new RecordSteps.Multiplied(1 + next(3)),
                    RecordSteps.Sidestepping::new,
                    RecordSteps.Connected::new,
                    this::dealt,
                    this::dealt,
                    () -> new ExchangeSteps.United(2 + next(2)),
                    () -> new ExchangeSteps.Dressed(any(ExchangeSteps.Dress.values())),
                    this::window,
                    this::window,
                    this::window,
                    this::allWindow,
                    () -> new WindowSteps.Counted(form(), 1 + next(9)),
                    () -> new JoinSteps.Joined(form(), shape(), yesOrNo()),
                    () -> new JoinSteps.Grouped(form(), shape()),
                    this::near,
                    () -> new StateSteps.Slots(form(), 1 + next(300)),
                    () -> new StateSteps.AtTheEnd(form(), any(StateSteps.Kind.values())),
                    () -> new StateSteps.Distinct(form()),
                    () -> new StateSteps.Paired(form()),
                    () -> new StateSteps.Ruled(form()),
                    StateSteps.Repeated::new,
                    this::last,
                    this::last,
                    () -> new FoldSteps.OfKey(form(), any(FoldSteps.Whole.values())),
                    FoldSteps.OfParts::new,
                    () -> new FoldSteps.Sorted(yesOrNo(), yesOrNo()));

    private ProgramMaker(long seed) {
        this.seed = seed;
        // Seeds that are neighbours would begin alike.
        this.random = new Random(Item.mix(seed));
    }

    static Program make(long seed) {
        return new ProgramMaker(seed).make();
    }

    private Program make() {
        int sources = 1 + next(3);
        for (int i = 0; i < sources; i++) {
            add(source(), List.of());
        }
        int more = 2 + next(7);
        for (int i = 0; i < more; i++) {
            addOne();
        }
        return new Program(seed, steps, next(steps.size()));
    }

    /** A step of some kind; another kind if its output would be large. */
    private void addOne() {
        while (true) {
            Step step = any(kinds).get();
            List<Integer> inputs = new ArrayList<>();
            for (int i = 0; i < step.inputs(); i++) {
                inputs.add(recent());
            }
            if (wouldBeSmall(step, inputs)) {
                inputs.replaceAll(
                        input -> step.needsTime() && !timed.get(input) ? timed(input) : input);
                add(step, inputs);
                return;
            }
        }
    }

    private int timed(int input) {
        return add(new RecordSteps.Timed(), List.of(input));
    }

    /** Rather the output of a late step than of an early one. */
    private int recent() {
        return Math.max(next(steps.size()), next(steps.size()));
    }

    private boolean wouldBeSmall(Step step, List<Integer> inputs) {
        return step.expected(new Place(MOST_PARALLELISM, Place.Chaining.ALLOWED), outputs(inputs))
                        .size()
                <= MOST_ITEMS;
    }

    private List<List<Item>> outputs(List<Integer> inputs) {
        return inputs.stream().map(input -> steps.get(input).expected()).toList();
    }

    private int add(Step step, List<Integer> inputs) {
        Place place = new Place(1 + next(MOST_PARALLELISM), any(Place.Chaining.values()));
        steps.add(
                new Program.Placed(
                        step, place, List.copyOf(inputs), step.expected(place, outputs(inputs))));
        boolean stillTimed = step.keepsTime() && inputs.stream().allMatch(timed::get);
        timed.add(stillTimed || step instanceof RecordSteps.Timed);
        return steps.size() - 1;
    }

    private SourceStep source() {
        return new SourceStep(
                any(SourceStep.Origin.values()),
                any(SourceStep.Clock.values()),
                next(20) == 0 ? 0 : 1 + next(400),
                1 + next(20),
                next(20),
                next(100),
                random.nextInt());
    }

    private Step mapped() {
        return new RecordSteps.Mapped(1 + next(5), next(20) - 10L, 1 + next(20));
    }

    private Step filtered() {
        return new RecordSteps.Filtered(2 + next(4), yesOrNo());
    }

    private Step dealt() {
        return new ExchangeSteps.Dealt(any(ExchangeSteps.Way.values()), form());
    }

    private Step window() {
        WindowSteps.Fold fold = any(WindowSteps.Fold.values());
        return new WindowSteps.Keyed(form(), shape(), fold, any(WindowSteps.Extra.values()));
    }

    private Step allWindow() {
        WindowSteps.Fold fold = any(WindowSteps.Fold.values());
        return new WindowSteps.OfAll(shape(), fold, any(WindowSteps.Extra.values()));
    }

    private Step near() {
        long from = next(40) - 20L;
        return new JoinSteps.Near(form(), from, from + 2 + next(30), yesOrNo(), yesOrNo());
    }

    private Step last() {
        KeyForm form = yesOrNo() ? KeyForm.NUMBER : KeyForm.NAME;
        return new FoldSteps.Last(form, any(FoldSteps.Running.values()));
    }

    private Shape shape() {
        long size = 4 + next(300);
        return switch (any(Shape.Kind.values())) {
            case TUMBLING -> new Shape(Shape.Kind.TUMBLING, size, next((int) size));
            case SLIDING -> new Shape(Shape.Kind.SLIDING, size, 1 + size / (1 + next(6)));
            case SESSION -> new Shape(Shape.Kind.SESSION, 1 + next(60), 0);
        };
    }

    private KeyForm form() {
        return any(KeyForm.values());
    }

    private boolean yesOrNo() {
        return random.nextBoolean();
    }

    private int next(int bound) {
        return random.nextInt(bound);
    }

    private <T> T any(T[] choices) {
        return choices[next(choices.length)];
    }

    private <T> T any(List<T> choices) {
        return choices.get(next(choices.size()));
    }
}
