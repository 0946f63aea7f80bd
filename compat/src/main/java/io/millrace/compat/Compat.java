package io.millrace.compat;

import io.millrace.compat.members.Coverage;
import io.millrace.compat.members.MemberList;
import io.millrace.compat.members.OurClasses;
import io.millrace.compat.members.Resolver;
import io.millrace.compat.members.RuleProposals;
import io.millrace.compat.rename.JarRenamer;
import io.millrace.compat.rename.Mapping;
import io.millrace.compat.source.SourcePort;
import io.millrace.compat.source.SourceTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line of this module: ports sources, renames jars, says what of Flink's API is here.
 */
public final class Compat {
    private static final String USAGE =
            """
            usage:
              port DIRECTORY [TO]      rewrite Flink's names in Java sources, in place or as a copy
              rename JAR TO            write a copy of a compiled program that runs on Millrace
              check [N]                how much of Flink's API resolves, and N of what is missing
              floor                    the counts of check, as floor.properties has them
              propose                  rules that the mapping may lack
            """;

    private final PrintStream out;

    Compat(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        int code = new Compat(System.out).run(List.of(args));
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Gives the exit code: 0, 1 if names are left without a counterpart, 2 for wrong usage. */
    int run(List<String> args) throws IOException {
        String command = args.isEmpty() ? "" : args.get(0);
        int given = args.size() - 1;
        if (command.equals("port") && (given == 1 || given == 2)) {
            return port(Path.of(args.get(1)), Path.of(args.get(args.size() - 1)));
        }
        if (command.equals("rename") && given == 2) {
            new JarRenamer(Mapping.shipped()).rename(Path.of(args.get(1)), Path.of(args.get(2)));
            return 0;
        }
        if (command.equals("check") && given <= 1) {
            return check(given == 0 ? 0 : Integer.parseInt(args.get(1)));
        }
        if (command.equals("floor") && given == 0) {
            coverage().forEach(area -> out.println(area.area() + "=" + area.resolved()));
            return 0;
        }
        if (command.equals("propose") && given == 0) {
            proposals().forEach(out::println);
            return 0;
        }
        out.print(USAGE);
        return 2;
    }

    private int port(Path from, Path to) throws IOException {
        SourcePort port = new SourcePort(Mapping.shipped(), MemberList.shipped());
        SourceTree.Outcome outcome = new SourceTree(port).port(from, to);
        outcome.leftovers().forEach(out::println);
        out.printf(
                "%d of %d Java files changed; %d names have no counterpart.%n",
                outcome.changed(), outcome.files(), outcome.leftovers().size());
        return outcome.leftovers().isEmpty() ? 0 : 1;
    }

    private int check(int listed) throws IOException {
        List<Coverage> areas = coverage();
        out.println("Members of Flink 1.20 and 2.3 that resolve under flink.mapping, by area:");
        areas.forEach(area -> out.println("  " + area));
        if (listed > 0) {
            out.println("Missing, most used first:");
            areas.stream()
                    .flatMap(area -> area.missing().stream())
                    .sorted(Coverage.MOST_USED_FIRST)
                    .limit(listed)
                    .forEach(missing -> out.println("  " + missing));
        }
        int proposed = proposals().size();
        if (proposed > 0) {
            out.println(proposed + " rules may be lacking; 'propose' lists them.");
        }
        return 0;
    }

    private static List<String> proposals() throws IOException {
        return RuleProposals.of(Mapping.shipped(), MemberList.shipped(), ClassPath.publicApi());
    }

    private static List<Coverage> coverage() {
        Resolver resolver =
                new Resolver(Mapping.shipped(), new OurClasses(Compat.class.getClassLoader()));
        return MemberList.shipped().stream().map(list -> Coverage.of(list, resolver)).toList();
    }
}
