package io.millrace.host.modes;

import java.time.Duration;

/**
 * Many seeds: the command of {@code docs/reliability.md}. {@code FIRST COUNT [all]}: with {@code
 * all}, each seed in every setting. Of a seed that fails, prints the smallest beginning of the
 * program that fails too. Ends with 1 if there is one.
 */
final class Campaign {
    private static final long LIMIT_MS = Duration.ofMinutes(2).toMillis();

    private Campaign() {}

    public static void main(String[] args) throws Exception {
        long first = Long.parseLong(args[0]);
        long count = Long.parseLong(args[1]);
        boolean all = args.length > 2 && args[2].equals("all");
        int trials = 0;
        int bad = 0;
        long items = 0;
        for (long seed = first; seed < first + count; seed++) {
            Program program = ProgramMaker.make(seed);
            if (seed % 100 == 0) {
                System.out.println("seed " + seed);
            }
            for (Setting setting : all ? Setting.ALL : Setting.of(seed)) {
                trials++;
                items += program.expected().size();
                String problem = Trial.run(program, setting, LIMIT_MS);
                if (!problem.isEmpty()) {
                    bad++;
                    report(program, setting, problem);
                }
            }
        }
        System.out.println(
                count
                        + " seeds from "
                        + first
                        + ", "
                        + trials
                        + " jobs, "
                        + items
                        + " results compared, "
                        + bad
                        + " bad");
        System.exit(bad == 0 ? 0 : 1);
    }

    private static void report(Program program, Setting setting, String problem)
            throws InterruptedException {
        System.out.println("seed " + program.seed() + ", " + setting + "\n" + program + problem);
        for (int last = 0; last < program.steps().size(); last++) {
            Program part = program.upTo(last);
            String smaller = Trial.run(part, setting, LIMIT_MS);
            if (!smaller.isEmpty()) {
                System.out.println("the smallest part that fails\n" + part + smaller);
                return;
            }
        }
    }
}
