package io.millrace.compat.members;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How much of one area resolves. Classes count as members do. Immutable.
 *
 * @param total classes and members of the list
 * @param missing what does not resolve, most used first, deprecated last
 */
public record Coverage(String area, int total, List<Missing> missing) {
    /**
     * A class or member that a program would not find.
     *
     * @param member null if the class itself is meant
     */
    public record Missing(FlinkClass owner, FlinkMember member, Verdict verdict) {
        int uses() {
            return member == null ? owner.uses() : member.uses();
        }

        boolean deprecated() {
            return owner.deprecated() || (member != null && member.deprecated());
        }

        @Override
        public String toString() {
            return (uses() > 0 ? uses() + " " : "")
                    + owner.name()
                    + (member == null ? "" : "#" + member)
                    + " "
                    + verdict
                    + (deprecated() ? " (deprecated)" : "");
        }
    }

    public static final Comparator<Missing> MOST_USED_FIRST =
            Comparator.comparingInt((Missing each) -> -each.uses())
                    .thenComparing(Missing::deprecated)
                    .thenComparing(each -> each.owner().name())
                    .thenComparing(each -> String.valueOf(each.member()));

    public Coverage {
        missing = List.copyOf(missing);
    }

    public static Coverage of(MemberList list, Resolver resolver) {
        List<Missing> missing = new ArrayList<>();
        int total = 0;
        for (FlinkClass wanted : list.classes()) {
            total += 1 + wanted.members().size();
            Verdict ofClass = resolver.resolve(wanted);
            if (ofClass != Verdict.HERE) {
                missing.add(new Missing(wanted, null, ofClass));
            }
            for (FlinkMember member : wanted.members()) {
                Verdict verdict = resolver.resolve(wanted, member);
                if (verdict != Verdict.HERE) {
                    missing.add(new Missing(wanted, member, verdict));
                }
            }
        }
        missing.sort(MOST_USED_FIRST);
        return new Coverage(list.area(), total, missing);
    }

    public int resolved() {
        return total - missing.size();
    }

    /** One line of the report. */
    @Override
    public String toString() {
        double percent = total == 0 ? 100 : 100.0 * resolved() / total;
        return String.format(
                Locale.ROOT, "%-16s %5.1f %%  %5d of %5d", area, percent, resolved(), total);
    }
}
