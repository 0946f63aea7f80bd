package io.millrace.runtime.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The field in which an inner class keeps the object around it. The compiler makes it also for
 * anonymous functions that never use it, and then the function drags along a class that need not be
 * serializable. Stateless.
 */
final class EnclosingInstance {
    private EnclosingInstance() {}

    static boolean isKeptIn(Field field) {
        return field.isSynthetic()
                && field.getName().startsWith("this$")
                && !Modifier.isStatic(field.getModifiers());
    }

    /** Whether neither the class that declares the field nor a class inside it reads the field. */
    static boolean isUnused(Field field) {
        Class<?> owner = field.getDeclaringClass();
        String ownerName = owner.getName().replace('.', '/');
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(ownerName);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!seen.add(name)) {
                continue;
            }
            Usage usage = new Usage(ownerName, field.getName());
            if (!read(owner, name, usage) || usage.used) {
                return false;
            }
            open.addAll(usage.inside);
        }
        return true;
    }

    private static boolean read(Class<?> owner, String name, Usage usage) {
        ClassLoader loader = owner.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return false;
            }
            new ClassReader(in).accept(usage, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the bytecode of " + name, e);
        }
    }

    /** Looks for reads of the field, and for classes inside the owner that are made. */
    private static final class Usage extends ClassVisitor {
        private final String owner;
        private final String field;
        private final Set<String> inside = new HashSet<>();
        private boolean used;

        Usage(String owner, String field) {
            super(Opcodes.ASM9);
            this.owner = owner;
            this.field = field;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitFieldInsn(
                        int opcode, String of, String fieldName, String fieldDescriptor) {
                    used |=
                            opcode == Opcodes.GETFIELD
                                    && of.equals(owner)
                                    && fieldName.equals(field);
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    if (opcode == Opcodes.NEW && type.startsWith(owner + "$")) {
                        inside.add(type);
                    }
                }
            };
        }
    }
}
