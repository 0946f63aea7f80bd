package io.millrace.compat.members;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file declares. Names have slashes.
 *
 * @param access the flags of the JVM; of a nested class those that its source gives it
 * @param parents the superclass, if any, and the interfaces
 * @param fields flags by name and descriptor, with a space between
 * @param methods flags by name and descriptor, without a space
 */
record OurClass(
        String name,
        int access,
        List<String> parents,
        Map<String, Integer> fields,
        Map<String, Integer> methods) {
    static OurClass read(byte[] classFile) {
        Declarations seen = new Declarations();
        new ClassReader(classFile)
                .accept(
                        seen,
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new OurClass(
                seen.name,
                seen.access,
                List.copyOf(seen.parents),
                Map.copyOf(seen.fields),
                Map.copyOf(seen.methods));
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    /** Collects what the class file says. */
    private static final class Declarations extends ClassVisitor {
        private final Map<String, Integer> fields = new HashMap<>();
        private final Map<String, Integer> methods = new HashMap<>();
        private final List<String> parents = new java.util.ArrayList<>();
        private String name;
        private int access;

        Declarations() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int flags,
                String className,
                String signature,
                String superName,
                String[] interfaces) {
            name = className;
            access = flags;
            if (superName != null) {
                parents.add(superName);
            }
            parents.addAll(List.of(interfaces));
        }

        @Override
        public void visitInnerClass(String inner, String outer, String simple, int flags) {
            if (inner.equals(name)) {
                access = flags;
            }
        }

        @Override
        public FieldVisitor visitField(
                int flags, String field, String descriptor, String signature, Object value) {
            fields.put(field + " " + descriptor, flags);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String method, String descriptor, String signature, String[] thrown) {
            methods.put(method + descriptor, flags);
            return null;
        }
    }
}
