package doctor

import "golang.org/x/sys/unix"

// VolumeOf looks at the file system of a directory, or of the first one above it
// that is there.
func VolumeOf(dir string) Volume {
	dir, err := existing(dir)
	if err != nil {
		return Volume{}
	}
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return Volume{}
	}
	v := Volume{Free: s.Bavail * uint64(max(s.Bsize, 0)), Known: true}
	switch uint32(s.Type) {
	case unix.NFS_SUPER_MAGIC:
		v.Type, v.Network = "nfs", true
	case 0xff534d42, 0xfe534d42, unix.SMB_SUPER_MAGIC: // CIFS and SMB2, statfs(2)
		v.Type, v.Network = "smb", true
	case 0x00c36400: // statfs(2): CEPH_SUPER_MAGIC
		v.Type, v.Network = "ceph", true
	case unix.AFS_FS_MAGIC, unix.AFS_SUPER_MAGIC:
		v.Type, v.Network = "afs", true
	case unix.V9FS_MAGIC:
		v.Type, v.Network = "9p", true
	case unix.FUSE_SUPER_MAGIC:
		v.Type = "fuse"
	case unix.TMPFS_MAGIC, unix.RAMFS_MAGIC:
		v.Type, v.Memory = "tmpfs", true
	case unix.EXT4_SUPER_MAGIC:
		v.Type = "ext4"
	case unix.BTRFS_SUPER_MAGIC:
		v.Type = "btrfs"
	case unix.XFS_SUPER_MAGIC:
		v.Type = "xfs"
	case 0x2fc12fc1: // ZFS on Linux
		v.Type = "zfs"
	case unix.OVERLAYFS_SUPER_MAGIC:
		v.Type = "overlay"
	case unix.MSDOS_SUPER_MAGIC:
		v.Type = "vfat"
	}
	return v
}
