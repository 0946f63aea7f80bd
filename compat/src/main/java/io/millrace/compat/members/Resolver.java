package io.millrace.compat.members;

import io.millrace.compat.rename.Mapping;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;

/**
 * Looks for our counterpart of a class or member of Flink, as the JVM would when it links a renamed
 * program. Confined to one thread.
 */
public final class Resolver {
    private static final int SEEN = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

    private final Mapping mapping;
    private final OurClasses classes;
    private final Remapper remapper;

    public Resolver(Mapping mapping, OurClasses classes) {
        this.mapping = mapping;
        this.classes = classes;
        this.remapper =
                new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String internalName) {
                        return mapping.mapInternal(internalName);
                    }
                };
    }

    public Verdict resolve(FlinkClass wanted) {
        if (mapping.find(wanted.name()).isEmpty()) {
            return Verdict.NOT_MAPPED;
        }
        Optional<OurClass> ours = ours(wanted);
        if (ours.isEmpty()) {
            return Verdict.CLASS_MISSING;
        }
        if (!ours.get().is(SEEN)) {
            return Verdict.CLASS_NOT_PUBLIC;
        }
        return kindOf(ours.get()) == wanted.kind() ? Verdict.HERE : Verdict.CLASS_KIND;
    }

    /**
     * @param owner the class in whose list the member stands; the member may be inherited
     */
    public Verdict resolve(FlinkClass owner, FlinkMember member) {
        Verdict ofClass = resolve(owner);
        if (ofClass != Verdict.HERE) {
            return ofClass;
        }
        OurClass ours = ours(owner).orElseThrow();
        return switch (member.kind()) {
            case FIELD -> field(ours, member);
            case CONSTRUCTOR ->
                    judge(ours.methods(), "<init>" + methodDescriptor(member), member)
                            .orElse(Verdict.MISSING);
            case METHOD -> method(ours, member);
        };
    }

    private Optional<OurClass> ours(FlinkClass wanted) {
        return mapping.find(wanted.name()).flatMap(to -> classes.find(to.replace('.', '/')));
    }

    private static FlinkClass.Kind kindOf(OurClass ours) {
        if (ours.is(Opcodes.ACC_ANNOTATION)) {
            return FlinkClass.Kind.ANNOTATION;
        }
        if (ours.is(Opcodes.ACC_INTERFACE)) {
            return FlinkClass.Kind.INTERFACE;
        }
        return ours.is(Opcodes.ACC_ENUM) ? FlinkClass.Kind.ENUM : FlinkClass.Kind.CLASS;
    }

    private Verdict field(OurClass ours, FlinkMember member) {
        String key = member.name() + " " + remapper.mapDesc(member.descriptor());
        boolean otherType = false;
        for (OurClass each : classes.withParents(ours)) {
            Optional<Verdict> verdict = judge(each.fields(), key, member);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            otherType |= startsAny(each.fields(), member.name() + " ");
        }
        return otherType ? Verdict.OTHER_TYPE : Verdict.MISSING;
    }

    private Verdict method(OurClass ours, FlinkMember member) {
        String key = member.name() + methodDescriptor(member);
        String withoutResult = key.substring(0, key.indexOf(')') + 1);
        boolean otherType = false;
        for (OurClass each : classes.withParents(ours)) {
            Optional<Verdict> verdict = judge(each.methods(), key, member);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            otherType |= startsAny(each.methods(), withoutResult);
        }
        return otherType ? Verdict.OTHER_TYPE : Verdict.MISSING;
    }

    private String methodDescriptor(FlinkMember member) {
        return remapper.mapMethodDesc(member.descriptor());
    }

    private static Optional<Verdict> judge(
            Map<String, Integer> declared, String key, FlinkMember wanted) {
        Integer flags = declared.get(key);
        if (flags == null) {
            return Optional.empty();
        }
        if ((flags & SEEN) == 0) {
            return Optional.of(Verdict.NOT_PUBLIC);
        }
        boolean isStatic = (flags & Opcodes.ACC_STATIC) != 0;
        return Optional.of(isStatic == wanted.isStatic() ? Verdict.HERE : Verdict.STATIC_DIFFERS);
    }

    private static boolean startsAny(Map<String, Integer> declared, String start) {
        return declared.keySet().stream().anyMatch(key -> key.startsWith(start));
    }
}
